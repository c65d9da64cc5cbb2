/** The door of this room. Sending is behind `send/`, which needs Node. */

export { type DeliverOptions, type DeliveryResult, deliver } from './deliver.ts';
export type { Content, Delivered, Destination, Paying, Report, Stop, Unrecorded } from './model.ts';
export { DeliveryRefused } from './model.ts';
export { planDelivered } from './plan.ts';
export { deliveryJsonReport, deliveryText, stopsText } from './text.ts';
export { deliveryWords } from './words.ts';
