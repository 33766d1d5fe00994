import { createApp } from 'vue';
import type { FirstAnswers } from './first-answers.ts';
import PublicBooking from './PublicBooking.vue';

/** Draws the clinic's page around what was asked already. */
export function showPage(first: FirstAnswers): void {
  createApp(PublicBooking, { first }).mount('#app');
}
