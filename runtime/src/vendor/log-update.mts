export { createLogUpdate } from 'log-update';
