/** Speaks with image registries: what digest a tag has. The only room that uses the network. */
export { type Credentials, type CredentialSource, dockerCredentials } from './credentials';
export { type Patience, patientConnections } from './http';
export { RegistryClient } from './registry-client';
export { RegistryError } from './registry-error';
