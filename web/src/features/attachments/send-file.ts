/** The server said no, in a sentence for people; null when it could not be reached. */
export class NotSent extends Error {
  override readonly name = 'NotSent';
  readonly sentence: string | null;

  constructor(sentence: string | null) {
    super(sentence ?? 'The server is out of reach.');
    this.sentence = sentence;
  }
}

/**
 * Sends the bytes of a file to its address and says how far it is, 0 to 100. fetch cannot say that.
 *
 * @throws NotSent; DOMException AbortError when it was called off
 */
export function sendFile(
  url: string,
  file: Blob,
  {
    contentType,
    signal,
    onProgress,
  }: { contentType: string; signal: AbortSignal; onProgress: (percent: number) => void },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    // The path alone: this page may have been reached by another name than the one that the server writes.
    request.open('PUT', new URL(url).pathname);
    request.setRequestHeader('content-type', contentType);
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(Math.floor((100 * loaded) / total)));
    request.addEventListener('load', () =>
      request.status === 204 ? resolve() : reject(new NotSent(sentenceIn(request.responseText))),
    );
    request.addEventListener('error', () => reject(new NotSent(null)));
    request.addEventListener('abort', () => reject(new DOMException('Called off.', 'AbortError')));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

function sentenceIn(text: string): string | null {
  try {
    const answer: unknown = JSON.parse(text);
    const message = typeof answer === 'object' && answer !== null && 'message' in answer ? answer.message : null;
    return typeof message === 'string' ? message : null;
  } catch {
    return null;
  }
}
