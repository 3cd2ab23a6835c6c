import type { Construct } from 'constructs';
import { type PeoplePreset, PeopleRole } from '../src/kubernetes/people-role';
import { tagOrigin } from './origins';
import { PlatformChart, type PlatformChartProps } from './platform-chart';

const presets: readonly PeoplePreset[] = ['analyst', 'developer', 'engineer'];

/** What people may do in the namespaces, where the cluster knows of Google groups. */
export class PeopleChart extends PlatformChart {
  constructor(scope: Construct, props: PlatformChartProps) {
    super(scope, '15-people', props);
    const { groups } = this.platform.access;
    for (const preset of presets) {
      const members = groups.flatMap(({ kubernetes }) => (kubernetes?.preset === preset ? [kubernetes] : []));
      if (members.length === 0) continue;
      for (const namespace of this.here(this.platform.namespaces)) {
        const role = new PeopleRole(this, `${namespace.name}-${preset}`, {
          name: `people-${preset}`,
          namespace: namespace.name,
          labels: this.platformLabels('people'),
          preset,
          subjects: members.map(({ kind, name }) => ({ kind, name })),
        });
        tagOrigin(role, ['access', 'groups']);
      }
    }
  }
}
