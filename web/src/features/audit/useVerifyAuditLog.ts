import { ref, shallowRef } from 'vue';
import { toAppError } from '../../app/errors.ts';
import { useSession } from '../../app/session.ts';
import type { AppError } from '../../composables/app-error.ts';
import { VerifyAuditLogDocument, type VerifyAuditLogQuery } from '../../gql/graphql.ts';

type Verification = NonNullable<VerifyAuditLogQuery['verifyAuditLog']>;

/** Has the whole chain walked, when somebody asks for it: its result is of that moment. */
export function useVerifyAuditLog() {
  const { client } = useSession();
  const result = shallowRef<Verification | null>(null);
  const error = shallowRef<AppError | null>(null);
  const isBusy = ref(false);

  async function verify(): Promise<void> {
    if (isBusy.value) return;
    isBusy.value = true;
    result.value = null;
    error.value = null;
    try {
      const { data } = await client.query({
        query: VerifyAuditLogDocument,
        fetchPolicy: 'no-cache',
        errorPolicy: 'none',
      });
      result.value = data.verifyAuditLog ?? null;
    } catch (failure) {
      error.value = toAppError(failure);
    } finally {
      isBusy.value = false;
    }
  }

  return { result, error, isBusy, verify };
}
