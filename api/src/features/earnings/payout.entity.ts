import { defineEntity, p } from '@mikro-orm/postgresql';

/** Money handed to a doctor for their share, minor units of the clinic's currency. */
export const PayoutEntity = defineEntity({
  name: 'Payout',
  tableName: 'payout',
  properties: {
    id: p.uuid().primary(),
    clinicId: p.uuid(),
    doctorId: p.uuid(),
    amountMinor: p.bigint('number'),
    reference: p.text().nullable(),
    madeByUserId: p.uuid().nullable(),
    paidAt: p.datetime(),
  },
});
