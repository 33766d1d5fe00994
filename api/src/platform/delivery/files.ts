import type { Readable } from 'node:stream';

/** Where the bytes of files lie. Keys are made by the app, `clinic/file/random`: no name that a person gave is in one. */
export interface FileStore {
  /**
   * Receives bytes into a file of its own on this machine, which is nowhere served, until they have been looked at.
   *
   * @param limit  bytes; one more ends the transfer
   * @throws TooManyBytes; Error when the sender goes away
   */
  receive(bytes: Readable, limit: number): Promise<ReceivedFile>;
  /** Keeps a received file under a key, whole or not at all: it is on disk before anybody can read it. */
  keep(received: ReceivedFile, key: string): Promise<void>;
  /** @throws Error when nothing lies there */
  read(key: string): Promise<Readable>;
  /** Removes what lies under a folder of keys, but for one of them. Nothing there is no error. */
  clear(folder: string, exceptKey?: string): Promise<void>;
}

export interface ReceivedFile {
  readonly size: number;
  readonly sha256: string;
  bytes(): Promise<Buffer>;
  /** Removes it, unless it was kept. */
  discard(): Promise<void>;
}

export class TooManyBytes extends Error {
  override readonly name = 'TooManyBytes';
}

/** What the settings say about where files lie. */
export type StorageSettings =
  | { kind: 'disk' }
  | {
      kind: 's3';
      bucket: string;
      region: string;
      /** Null for Amazon's own. */
      endpoint: string | null;
      accessKeyId: string;
      secretAccessKey: string;
    };
