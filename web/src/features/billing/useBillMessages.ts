import { useI18n } from 'vue-i18n';
import { useViewer } from '../../app/session.ts';

export interface PatientMessage {
  readonly title: string;
  readonly body: string;
}

/** What the patient will read, word for word as the server writes it. */
export function useBillMessages() {
  const { t } = useI18n();
  const viewer = useViewer();
  return {
    refunded: (number: string, amount: string): PatientMessage => ({
      title: t('bill.message.refunded.title'),
      body: t('bill.message.refunded.body', { number, amount, clinic: viewer.value.clinic.name }),
    }),
  };
}
