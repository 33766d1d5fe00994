import type { MailPort } from './mail.ts';

/**
 * Sends nothing and keeps nothing. In production a built-in inbox would write down what must be nowhere: the links in
 * letters. What should have gone out waits, is counted as failed, and can be seen in the metrics.
 */
export const noMail: MailPort = {
  send: () => Promise.reject(new Error('no mail server is set')),
  close: () => undefined,
};
