import type { Gate } from './gate';

/** Nobody may do more than before; what nobody can say counts as more. */
export const noBroadening: Gate = {
  name: 'no-broadening',
  objections: ({ access }) =>
    access.flatMap(({ verdict, principal, resource }) =>
      verdict === 'narrowed'
        ? []
        : [
            {
              address: resource,
              text: `${principal}: ${verdict === 'unknown' ? 'nobody can say, on' : verdict === 'mixed' ? 'more and less on' : 'more on'} ${resource}`,
            },
          ],
    ),
  fine: () => 'nobody may do more than before',
};
