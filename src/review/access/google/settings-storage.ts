import { canonical, textOf } from '../../equal';
import type { Setting } from './settings';
import { isTrue, whenever } from './settings-cluster';
import { blocks, texts } from './thing';

/** Who gets at buckets beside what IAM says. */
export const storageSettings: readonly Setting[] = [
  {
    types: ['google_storage_bucket'],
    paths: ['public_access_prevention'],
    onlyChanged: true,
    opens: ({ public_access_prevention: prevention }) =>
      textOf(prevention) === 'enforced' ? [] : [{ principal: 'allUsers', what: 'may be given access' }],
  },
  {
    types: ['google_storage_bucket'],
    paths: ['uniform_bucket_level_access'],
    onlyChanged: true,
    opens: ({ uniform_bucket_level_access: isUniform }) =>
      isTrue(isUniform, false)
        ? []
        : [{ principal: 'whoever an object names in its own list', what: 'gets at that object' }],
  },
  {
    types: ['google_storage_bucket'],
    paths: ['cors'],
    onlyChanged: true,
    opens: ({ cors }) =>
      blocks(cors).flatMap((one) =>
        texts(one.origin).map((origin) => ({
          principal: `pages of ${origin}`,
          what: `${[...texts(one.method)].sort().join(', ')} with the rights of their visitor`,
        })),
      ),
  },
  {
    types: ['google_storage_bucket'],
    paths: ['ip_filter'],
    onlyChanged: true,
    opens: ({ ip_filter: filter }) => {
      const [block] = blocks(filter);
      const isOn = block !== undefined && textOf(block.mode) === 'Enabled';
      return [
        {
          principal: 'whoever has the rights in IAM',
          what: isOn ? `through the filter ${canonical(block)}` : 'from everywhere',
        },
      ];
    },
  },
  whenever(
    ['google_storage_bucket_object'],
    'predefined_acl',
    (value) => /^public/i.test(textOf(value)),
    'allUsers',
    'reads the object',
  ),
];
