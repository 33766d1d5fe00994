import { InMemoryCache, type FieldPolicy } from '@apollo/client/core';
import { relayStylePagination } from '@apollo/client/utilities';

/** Pages of one filter and order are one list in the cache. */
const connection: FieldPolicy = relayStylePagination(['filter', 'orderBy']);

export function createCache(): InMemoryCache {
  return new InMemoryCache({
    possibleTypes: {
      Node: [
        'Appointment',
        'AuditEntry',
        'Clinic',
        'Doctor',
        'Membership',
        'Notification',
        'Patient',
        'Prescription',
        'Service',
        'Session',
        'TimeOff',
        'User',
        'Visit',
        'WaitlistEntry',
      ],
    },
    typePolicies: {
      Query: {
        fields: {
          appointments: connection,
          auditLog: connection,
          patients: connection,
          notifications: relayStylePagination(['unreadOnly']),
          viewer: { merge: true },
          // A detail opens at once with what its list has already read.
          appointment: {
            read: (existing, { args, toReference }) =>
              existing ?? toReference({ __typename: 'Appointment', id: String(args?.['id']) }),
          },
          patient: {
            read: (existing, { args, toReference }) =>
              existing ?? toReference({ __typename: 'Patient', id: String(args?.['id']) }),
          },
        },
      },
      Patient: {
        fields: { appointments: connection, accessLog: relayStylePagination(), attachments: relayStylePagination() },
      },
      Viewer: { keyFields: false, merge: true },
    },
  });
}
