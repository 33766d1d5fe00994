import { registerEnumType } from 'type-graphql';

export enum BillStatusType {
  PENDING = 'PENDING',
  PAID = 'PAID',
  REFUNDED = 'REFUNDED',
  VOID = 'VOID',
}
registerEnumType(BillStatusType, {
  name: 'BillStatus',
  description: 'PENDING → PAID → REFUNDED; PENDING → VOID. Part payments keep it PENDING, part refunds keep it PAID.',
});

export enum BillActionType {
  EDIT = 'EDIT',
  RECORD_PAYMENT = 'RECORD_PAYMENT',
  REFUND = 'REFUND',
  VOID = 'VOID',
  PAY_ONLINE = 'PAY_ONLINE',
}
registerEnumType(BillActionType, { name: 'BillAction' });

export enum PaymentMethodType {
  CASH = 'CASH',
  CARD = 'CARD',
  BANK_TRANSFER = 'BANK_TRANSFER',
  MOBILE_WALLET = 'MOBILE_WALLET',
  ONLINE = 'ONLINE',
}
registerEnumType(PaymentMethodType, {
  name: 'PaymentMethod',
  valuesConfig: { ONLINE: { description: 'Through the online gateway.' } },
});

export enum PaymentStatusType {
  PENDING = 'PENDING',
  PAID = 'PAID',
  FAILED = 'FAILED',
  REFUNDED = 'REFUNDED',
}
registerEnumType(PaymentStatusType, { name: 'PaymentStatus' });
