import { onScopeDispose } from 'vue';
import type { AppointmentEventType, AppointmentRowFragment, OwnVisitFragment } from '../../gql/graphql.ts';

export interface AppointmentUpdate<TAppointment> {
  readonly appointment: TAppointment;
  readonly type: AppointmentEventType | null;
}

type Listener<TAppointment> = (update: AppointmentUpdate<TAppointment>) => void;

function createChannel<TAppointment>() {
  const listeners = new Set<Listener<TAppointment>>();
  return {
    send: (update: AppointmentUpdate<TAppointment>) => {
      for (const listener of listeners) listener(update);
    },
    /** Listens for as long as the calling component lives. */
    listen: (listener: Listener<TAppointment>) => {
      listeners.add(listener);
      onScopeDispose(() => listeners.delete(listener));
    },
  };
}

export type UpdateChannel<TAppointment> = Pick<ReturnType<typeof createChannel<TAppointment>>, 'listen'>;

/** Changes of appointments, from the live connection and from this screen's own mutations, once each. */
export const staffUpdates = createChannel<AppointmentRowFragment>();
export const ownVisitUpdates = createChannel<OwnVisitFragment>();
