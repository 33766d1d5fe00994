import { computed, watch } from 'vue';
import { emptyLine, isEmptyLine, lineOfService } from './bill-draft.ts';
import { useBillForm } from './useBillForm.ts';
import { useBillPrices } from './useBillPrices.ts';
import { useBillSteps } from './useBillSteps.ts';

/**
 * A bill that is made: it begins with the appointment's service at its price.
 *
 * @param serviceId   of the appointment; null until it is known
 */
export function useNewBill(serviceId: () => string | null) {
  const { services, clinicTax } = useBillPrices();
  const { create } = useBillSteps();
  const service = computed(() => services.value.find(({ id }) => id === serviceId()) ?? null);
  const form = useBillForm(() => ({
    lines: [service.value ? lineOfService(service.value, clinicTax.value) : emptyLine()],
    discount: '',
    notes: '',
  }));

  // The prices may come after the form: what nobody has touched yet begins anew.
  watch(service, () => {
    if (form.draft.value.lines.every(isEmptyLine)) form.reset();
  });

  return {
    ...form,
    make: (appointmentId: string) =>
      form.send(async ({ items, discount, notes }) => create({ appointmentId, items, discount, notes })),
  };
}
