/** What the patient will read. */
export interface RejectionMessage {
  readonly title: string;
  readonly body: string;
}

export interface RejectionParts {
  readonly doctor: string;
  readonly clinic: string;
  readonly when: string;
  readonly note: string;
}

/** The sentences of the server's message APPOINTMENT_REJECTED; the locale file keeps them word for word. */
export interface RejectionWords {
  title: () => string;
  body: (parts: RejectionParts) => string;
  withNote: (parts: { body: string; note: string }) => string;
}

/** Lays the note into the message as the server will; an empty note leaves the frame, so that the doctor sees what is missing. */
export function rejectionMessage(parts: RejectionParts, words: RejectionWords): RejectionMessage {
  const note = parts.note.trim();
  const body = words.body(parts);
  return { title: words.title(), body: note === '' ? body : words.withNote({ body, note }) };
}
