/** What kind of thing an entry tells: it chooses the icon. */
export type ActionTone = 'read' | 'refused' | 'opened' | 'entry' | 'change';

/** The action whose refusal an entry tells, or null: approveAppointment.refuse. */
export function refusedAction(action: string): string | null {
  return action.endsWith('.refuse') ? action.slice(0, -'.refuse'.length) : null;
}

export function toneOf(action: string): ActionTone {
  if (refusedAction(action) !== null) return 'refused';
  if (action === 'patient.breakGlass') return 'opened';
  if (action.endsWith('.read')) return 'read';
  return action.startsWith('session.') ? 'entry' : 'change';
}

/** "approveAppointment" or "appointment.approve" as words, for an action that has no words of its own yet. */
export function asWords(action: string): string {
  const words = action
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[._-]+/g, ' ')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
