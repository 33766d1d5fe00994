import { createTransport } from 'nodemailer';
import type { MailPort } from './mail.ts';

const timeoutMs = 20_000;

/** Sends through a mail server, e.g. smtp://user:password@mail.example.org:587. */
export function smtpMail(url: string, from: string): MailPort {
  const transport = createTransport({
    url,
    pool: true,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  });
  return {
    async send({ id, to, subject, text }) {
      await transport.sendMail({
        from,
        to,
        subject,
        text,
        messageId: `<${id}@clinigraph>`,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
    },
    close: () => transport.close(),
  };
}
