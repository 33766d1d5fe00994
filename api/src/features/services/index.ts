export { PublicClinicResolver } from './public-clinic.resolver.ts';
export { DoctorServiceEntity, ServiceEntity } from './service.entity.ts';
export { serviceById, whoOffer, type ServiceRow } from './service.queries.ts';
export { DoctorServicesResolver, ServiceResolver } from './service.resolver.ts';
export { createService, serviceId } from './service.service.ts';
export { updateDoctor } from './doctor-settings.service.ts';
export { servicePermissions } from './service.permissions.ts';
export { Service } from './service.type.ts';
