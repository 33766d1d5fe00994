import { useI18n } from 'vue-i18n';
import { useViewer } from '../../app/session.ts';
import type { OwnVisitFragment } from '../../gql/graphql.ts';
import { saveCalendarFile } from './save-calendar-file.ts';

/** Hands one appointment to the calendar of the device: when, where and with whom, nothing of why. */
export function useAddToCalendar() {
  const { t } = useI18n();
  const viewer = useViewer();

  return ({ id, startsAt, endsAt, service, doctor, clinic }: OwnVisitFragment): void =>
    saveCalendarFile({
      id,
      startsAt,
      endsAt,
      title: t('home.calendarTitle', { service: service.name, doctor: doctor.name }),
      place: [viewer.value.clinic.name, clinic.address].filter(Boolean).join(', '),
    });
}
