import { attributeRule, oneOf } from '../attributes';

export const gkeReleaseChannel = attributeRule({
  id: 'TL-GKE-012',
  title: 'The cluster follows no release channel',
  severity: 'error',
  why: 'A cluster outside of a channel does not get security fixes by itself',
  fix: 'set release_channel.channel',
  see: 'https://cloud.google.com/kubernetes-engine/docs/concepts/release-channels',
  types: ['google_container_cluster'],
  expects: {
    'release_channel.channel': oneOf('RAPID', 'REGULAR', 'STABLE', 'EXTENDED'),
  },
});
