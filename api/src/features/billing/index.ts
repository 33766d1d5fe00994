export { BillCounterEntity, BillEntity, BillItemEntity, type Bill } from './bill.entity.ts';
export { PaymentEntity, PaymentShareEntity, RefundEntity, RefundShareEntity, type Payment } from './payment.entity.ts';
export {
  balanceOf,
  billLifecycle,
  billNumber,
  takeBillStep,
  type PaymentMethod,
  type PaymentStatus,
} from './bill.domain.ts';
export { billFacts, recordOnline, type BillFactType } from './bill.events.ts';
export { billCircumstances, lockBill } from './bill-change.service.ts';
export {
  bookPayment,
  bookRefund,
  gatewayRefundDue,
  openRefund,
  partiesOf,
  paymentId,
  refundId,
} from './payment.service.ts';
export { billById, type BillRow } from './bill.queries.ts';
export { heldForRefunds, paymentById, refundById, type PaymentRow } from './payment.queries.ts';
export { billId } from './bill-making.service.ts';
export { billingPermissions } from './billing.permissions.ts';
export { BillItemResolver, BillResolver } from './bill.resolver.ts';
export { BillLiveResolver } from './bill-live.resolver.ts';
export { AppointmentBillResolver, PatientBillsResolver, VisitBillResolver } from './bill-edges.resolver.ts';
export { BillingStepsResolver } from './billing-steps.resolver.ts';
export { MethodTotalResolver, PaymentResolver, RefundResolver } from './payment.resolver.ts';
export { closeOutCondition, readyAppointments } from './close-out.queries.ts';
export { CloseOutResolver } from './close-out.resolver.ts';
export {
  keepPaymentReminder,
  paymentOverdue,
  paymentReminderDue,
  remindOfPayment,
} from './payment-reminder.service.ts';
export { RevenueBreakdownResolver, TodaysRevenueResolver } from './revenue.resolver.ts';
export { PaymentMethodType, PaymentStatusType } from './billing.enums.ts';
export { listPayments } from './billing-lists.queries.ts';
export { moneyOf } from './billing-money.ts';
export { readAmount } from './billing.rules.ts';
export { PaymentConnection } from './payment.type.ts';
export { receiptToken } from './receipt-check.ts';
export { receiptDocument } from './receipt-document.ts';
export { ReceiptResolver } from './receipt.resolver.ts';
export { billsOfRecords } from './bill-merge.service.ts';
