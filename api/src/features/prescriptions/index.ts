export { PrescriptionEntity } from './prescription.entity.ts';
export { prescriptionFacts } from './prescription.events.ts';
export { prescriptionsOfRecords } from './prescription-merge.service.ts';
export { prescriptionDocument } from './prescription-document.ts';
export { prescriptionPermissions } from './prescription.permissions.ts';
export {
  AppointmentPrescriptionsResolver,
  PrescriptionResolver,
  VisitPrescriptionsResolver,
} from './prescription.resolver.ts';
export { openPrescription } from './prescription-reading.ts';
