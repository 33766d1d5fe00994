import { InMemoryCache, type FieldPolicy } from '@apollo/client/core';
import { relayStylePagination } from '@apollo/client/utilities';

/** Pages of one filter and order are one list in the cache. */
const connection: FieldPolicy = relayStylePagination(['filter', 'orderBy']);

/** Everything that has an id of its own. */
const nodes = [
  'Appointment',
  'AuditEntry',
  'Bill',
  'Clinic',
  'Doctor',
  'Membership',
  'Notification',
  'Patient',
  'Payment',
  'Payout',
  'Prescription',
  'Refund',
  'Service',
  'Session',
  'TimeOff',
  'User',
  'Visit',
  'WaitlistEntry',
];

export function createCache(): InMemoryCache {
  return new InMemoryCache({
    possibleTypes: { Node: nodes },
    typePolicies: {
      Query: {
        fields: {
          appointments: connection,
          auditLog: connection,
          bills: connection,
          patients: connection,
          payments: connection,
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
          bill: {
            read: (existing, { args, toReference }) =>
              existing ?? toReference({ __typename: 'Bill', id: String(args?.['id']) }),
          },
        },
      },
      Patient: {
        fields: {
          appointments: connection,
          accessLog: relayStylePagination(),
          attachments: relayStylePagination(),
          bills: relayStylePagination(),
        },
      },
      // Lines have no ids: the bill's new ones take the place of the old ones.
      Bill: { fields: { items: { merge: false }, payments: { merge: false } } },
      Viewer: { keyFields: false, merge: true },
    },
  });
}
