import * as z from 'zod';
import { mapOf } from './common';
import { principal } from './principal';

/** Identity-Aware Proxy: who gets to the web interfaces at all, before any login of their own. */
export const iap = z.strictObject({
  members: mapOf(principal).describe(
    'Who may pass, by a name of your own. The login is Google\'s own; no OAuth client is made. They may pass to every web interface of the project that is behind the proxy.',
  ),
});
export type IapConfig = z.infer<typeof iap>;
