import type { Page } from 'playwright';

/** Puts somebody into the queue from the desk, as a walk-in for one doctor. */
export async function walkIn(desk: Page, patient: string, doctor: string): Promise<string> {
  await desk.getByRole('button', { name: 'Walk-in' }).first().click();
  const panel = desk.getByRole('dialog', { name: 'Walk-in' });
  await panel.getByRole('searchbox').fill(patient);
  await panel
    .getByRole('button', { name: new RegExp(patient) })
    .first()
    .click();
  await panel
    .getByRole('button', { name: /Consultation/ })
    .first()
    .click();
  await panel.getByRole('button', { name: new RegExp(doctor) }).click();
  await panel.getByRole('button', { name: 'Check in' }).click();
  const words = await desk
    .getByText(/^Checked in: number/)
    .first()
    .innerText();
  return /number (\d+)/.exec(words)?.[1] ?? '';
}
