import type { Metrics } from '../metrics/metrics.ts';
import type { MailPort } from './mail.ts';

/** The same mailbox, with each try counted by whether the provider took it. */
export const countedMail = (mail: MailPort, metrics: Metrics): MailPort => ({
  async send(message) {
    try {
      await mail.send(message);
      metrics.deliveryTried('email', true);
    } catch (error) {
      metrics.deliveryTried('email', false);
      throw error;
    }
  },
  close: () => mail.close(),
});
