// Each file of this folder becomes a file of its own in the built program, loaded when a run needs it.
export { gaxios, GoogleAuth, PassThroughClient } from 'google-auth-library';
