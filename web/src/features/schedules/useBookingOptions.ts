import { useQuery } from '@vue/apollo-composable';
import { computed } from 'vue';
import { toAppError } from '../../app/errors.ts';
import { BookingOptionsDocument, type BookingOptionsQuery } from '../../gql/graphql.ts';

export type BookableService = BookingOptionsQuery['services'][number];
export type BookableDoctor = BookingOptionsQuery['doctors'][number];

/** What can be booked, and with whom. */
export function useBookingOptions() {
  const query = useQuery(BookingOptionsDocument);
  const services = computed<readonly BookableService[]>(() => query.result.value?.services ?? []);
  const doctors = computed<readonly BookableDoctor[]>(() => query.result.value?.doctors ?? []);
  return {
    services,
    doctors,
    doctorsFor: (serviceId: string) =>
      doctors.value.filter((doctor) => doctor.services.some(({ id }) => id === serviceId)),
    isLoading: computed(() => query.loading.value && !query.result.value),
    error: computed(() => (query.error.value && !query.result.value ? toAppError(query.error.value) : null)),
    refetch: () => void query.refetch()?.catch(() => undefined),
  };
}
