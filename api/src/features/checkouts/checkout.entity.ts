import { defineEntity, p } from '@mikro-orm/postgresql';

/** OPEN while somebody may pay there, PAID once somebody has, CLOSED when nobody will. */
export type CheckoutStatus = 'OPEN' | 'PAID' | 'CLOSED';

/** A page at the gateway on which one payment of one bill is made. */
export const CheckoutEntity = defineEntity({
  name: 'Checkout',
  tableName: 'checkout',
  properties: {
    paymentId: p.uuid().primary(),
    clinicId: p.uuid(),
    billId: p.uuid(),
    /** The gateway that was asked, whichever the installation has now. */
    gateway: p.text(),
    /** Null until the gateway has said where its page is. */
    sessionRef: p.text().nullable(),
    url: p.text().nullable(),
    /** The gateway's own id of what came in. */
    paymentRef: p.text().nullable(),
    amountMinor: p.bigint('number'),
    currency: p.text(),
    status: p.text().$type<CheckoutStatus>(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
  },
});

/** What a gateway has told once; its events come more than once, at once, and in any order. */
export const GatewayEventEntity = defineEntity({
  name: 'GatewayEvent',
  tableName: 'gateway_event',
  properties: {
    clinicId: p.uuid().primary(),
    gateway: p.text().primary(),
    eventRef: p.text().primary(),
    paymentId: p.uuid(),
    receivedAt: p.datetime(),
  },
});
