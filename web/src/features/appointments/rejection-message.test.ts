import { describe, expect, it } from 'vitest';
import { i18n } from '../../app/i18n.ts';
import { rejectionMessage } from './rejection-message.ts';

const { t } = i18n.global;
const parts = { doctor: 'Dr. Ana Reyes', clinic: 'Bayview', when: 'Mon, 2 March 2026 at 9:30 AM GMT+8', note: '' };
const words = {
  title: () => t('reject.message.title'),
  body: ({ doctor, clinic, when }: typeof parts) => t('reject.message.body', { doctor, clinic, when }),
  withNote: ({ body, note }: { body: string; note: string }) => t('reject.message.withNote', { body, note }),
};

describe('the message of a rejection', () => {
  it('reads as the server writes it', () => {
    expect(rejectionMessage({ ...parts, note: 'I am away that day.' }, words)).toEqual({
      title: 'Your request was declined',
      body: 'Dr. Ana Reyes at Bayview cannot see you on Mon, 2 March 2026 at 9:30 AM GMT+8. Note: I am away that day.',
    });
  });

  it('leaves out a note of blanks', () => {
    expect(rejectionMessage({ ...parts, note: '  \n ' }, words).body).toBe(
      'Dr. Ana Reyes at Bayview cannot see you on Mon, 2 March 2026 at 9:30 AM GMT+8.',
    );
  });

  it('shows a note with braces and pipes as it was written', () => {
    expect(rejectionMessage({ ...parts, note: '{doctor} | @:reject' }, words).body).toMatch(
      / Note: \{doctor\} \| @:reject$/,
    );
  });
});
