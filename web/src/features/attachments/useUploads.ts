import { onScopeDispose, reactive } from 'vue';
import { useI18n } from 'vue-i18n';
import { toAppError } from '../../app/errors.ts';
import { useSession } from '../../app/session.ts';
import { useErrorText } from '../../composables/useErrorText.ts';
import { CreateUploadDocument } from '../../gql/graphql.ts';
import { contentTypeOf } from './file-kinds.ts';
import { NotSent, sendFile } from './send-file.ts';

/** One file on its way in. */
export interface Upload {
  key: number;
  file: File;
  state: 'waiting' | 'sending' | 'failed' | 'done';
  percent: number;
  /** Why not, in words. */
  message: string | null;
  /** False for what the clinic does not take, however often it is sent. */
  isWorthRetry: boolean;
  abort: AbortController;
}

/** What the server takes; a larger one need not be sent to be refused. */
const sizeLimit = 25 * 1_024 * 1_024;

interface Target {
  patientId: string;
  visitId: string | null;
}

/** Sends one file: asks for its place, then sends the bytes there. */
function useSending(target: () => Target) {
  const { client } = useSession();
  const { t } = useI18n();
  const errorText = useErrorText();

  async function placeFor(file: File, contentType: string): Promise<string> {
    const input = { ...target(), fileName: file.name, contentType, size: file.size };
    const { data } = await client.mutate({ mutation: CreateUploadDocument, variables: { input } });
    const { uploadUrl = null, userErrors = [] } = data?.createUpload ?? {};
    if (uploadUrl === null) throw new NotSent(userErrors[0]?.message ?? null);
    return uploadUrl;
  }

  const wordsFor = (error: unknown): string =>
    error instanceof NotSent ? (error.sentence ?? t('files.outOfReach')) : errorText(toAppError(error));

  const isRefused = (error: unknown): boolean => error instanceof NotSent && error.sentence !== null;

  /** True when it has arrived. */
  return async (upload: Upload): Promise<boolean> => {
    const { file, abort } = upload;
    if (abort.signal.aborted) return false;
    Object.assign(upload, { state: 'sending', percent: 0, message: null });
    try {
      if (file.size > sizeLimit) throw new NotSent(t('files.tooLarge'));
      const contentType = contentTypeOf(file);
      const url = await placeFor(file, contentType);
      const onProgress = (percent: number): void => void Object.assign(upload, { percent });
      await sendFile(url, file, { contentType, signal: abort.signal, onProgress });
      upload.state = 'done';
      return true;
    } catch (error) {
      if (!abort.signal.aborted)
        Object.assign(upload, { state: 'failed', message: wordsFor(error), isWorthRetry: !isRefused(error) });
      return false;
    }
  };
}

/** Sends files to a patient's record, one after the other, and says how far each is. */
export function useUploads(target: () => Target, arrived: () => void) {
  const send = useSending(target);
  const uploads = reactive<Upload[]>([]);
  let lastKey = 0;
  let running: Promise<void> = Promise.resolve();

  function queue(upload: Upload): void {
    running = running.then(async () => {
      if (await send(upload)) arrived();
    });
  }

  function drop({ key }: Upload): void {
    const index = uploads.findIndex((upload) => upload.key === key);
    if (index !== -1) uploads.splice(index, 1);
  }

  onScopeDispose(() => {
    for (const { abort } of uploads) abort.abort();
  });

  return {
    uploads,
    add(files: Iterable<File>): void {
      for (const file of files) {
        lastKey += 1;
        uploads.push({
          key: lastKey,
          file,
          state: 'waiting',
          percent: 0,
          message: null,
          isWorthRetry: true,
          abort: new AbortController(),
        });
        const upload = uploads.at(-1);
        if (upload) queue(upload);
      }
    },
    retry(upload: Upload): void {
      Object.assign(upload, { state: 'waiting', percent: 0, message: null });
      queue(upload);
    },
    cancel(upload: Upload): void {
      upload.abort.abort();
      drop(upload);
    },
    drop,
  };
}
