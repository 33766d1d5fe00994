/** One e-mail; the id stays the same however often it is tried. */
export interface Mail {
  id: string;
  to: string;
  subject: string;
  text: string;
}

/** Where e-mails leave the building: a mail server, or the built-in inbox where there is none. */
export interface MailPort {
  /** @throws Error in the provider's words when it was not taken; trying again later may help */
  send(mail: Mail): Promise<void>;
  close(): void;
}
