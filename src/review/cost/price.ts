import { textOf } from '../equal';
import type { Resource } from '../terraform/evaluate';
import { isTree, type Tree } from '../types';
import type { PriceTable } from './prices';

/** Lowest and highest a month. */
export type Range = readonly [number, number];

/** Hours of a month, as Google counts them. */
const hoursOfMonth = 730;

/** What a resource costs a month; `unpriced` for what costs something that the table does not know; undefined for what is free. */
export function priceOf(resource: Resource, prices: PriceTable): Range | 'unpriced' | undefined {
  const values = resource.known();
  switch (resource.type) {
    case 'google_container_cluster':
      return prices.fees.clusterMonth.month;
    case 'google_container_node_pool':
      return ofNodePool(values, resource.defaults, prices);
    case 'google_compute_instance':
      return ofMachine(values, resource.defaults, prices);
    case 'google_compute_disk':
    case 'google_compute_region_disk':
      return ofDisk(values, resource, prices);
    case 'google_sql_database_instance':
      return ofDatabase(values, resource.defaults, prices);
    case 'google_compute_address':
    case 'google_compute_global_address':
      return textOf(values.address_type).includes('INTERNAL') ? undefined : prices.fees.addressMonth.month;
    case 'google_compute_forwarding_rule':
    case 'google_compute_global_forwarding_rule':
      return prices.fees.forwardingRuleMonth.month;
    case 'google_compute_router_nat':
      return prices.fees.natMonth.month;
    default:
      return costly.test(resource.type) ? 'unpriced' : undefined;
  }
}

/** Types that cost something by themselves, or by what is kept in them, and have no price here. */
const costly =
  /^google_(alloydb_(cluster|instance)|artifact_registry_repository|bigquery_(reservation|dataset|table)|bigtable_instance|cloud_run_(v2_)?(service|job)|cloudfunctions2?_function|composer_environment|compute_(vpn_tunnel|ha_vpn_gateway|instance_group_manager|region_instance_group_manager|snapshot|image|security_policy|interconnect_attachment)|data_fusion_instance|dataflow_job|dataproc_cluster|dns_managed_zone|filestore_instance|firestore_database|kms_crypto_key|memcache_instance|memorystore_instance|notebooks_instance|workbench_instance|pubsub_(topic|subscription)|redis_(instance|cluster)|secret_manager_secret_version|spanner_instance|storage_bucket|vpc_access_connector)$/;

function regionOf(values: Tree, defaults: Tree): string {
  const named = textOf(values.region ?? values.zone ?? values.location ?? defaults.region ?? defaults.zone);
  return named.slice(named.lastIndexOf('/') + 1).replace(/^([a-z]+-[a-z]+\d+)-[a-z]$/, '$1');
}

function first(value: unknown): Tree {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return isTree(one) ? one : {};
}

/** A machine for an hour, without its disk. */
function hourOf(type: string, region: string, prices: PriceTable): number | undefined {
  const whole = prices.machineTypes[type]?.hour[region];
  if (whole !== undefined) return whole;
  const [, series = '', kind = '', count = '', memory] =
    /^([a-z]\w*)-(standard|highmem|highcpu|custom)-(\d+)(?:-(\d+))?$/.exec(type) ?? [];
  const machine = prices.machines[series];
  const [vcpu, gb] = [machine?.vcpuHour[region], machine?.memoryGbHour[region]];
  if (vcpu === undefined || gb === undefined) return undefined;
  // A custom machine costs more than its parts, and is not in the table.
  if (kind === 'custom' || memory !== undefined) return undefined;
  const gbOfVcpu = { standard: 4, highmem: 8, highcpu: 1 }[kind] ?? 0;
  return Number(count) * (vcpu + gbOfVcpu * gb);
}

function isSpot(config: Tree): boolean {
  const scheduling = first(config.scheduling);
  return [config.spot, config.preemptible, scheduling.preemptible].some((value) => String(value) === 'true');
}

function ofNodePool(values: Tree, defaults: Tree, prices: PriceTable): Range | 'unpriced' {
  const config = first(values.node_config);
  const region = regionOf(values, defaults);
  const hour = hourOf(textOf(config.machine_type) || 'e2-medium', region, prices);
  const disk = diskMonth(
    textOf(config.disk_type) || 'pd-balanced',
    Number(config.disk_size_gb ?? 100),
    region,
    prices,
  );
  // Prices of spot machines change every month; accelerators have prices of their own.
  if (hour === undefined || disk === undefined || isSpot(config) || config.guest_accelerator !== undefined) {
    return 'unpriced';
  }
  const scaling = first(values.autoscaling);
  const zones = Array.isArray(values.node_locations) ? values.node_locations.length : undefined;
  const isRegional = !/-[a-z]$/.test(textOf(values.location));
  // A regional pool has its nodes in each zone; unless said otherwise, those are three.
  const perZone = zones ?? (isRegional ? 3 : 1);
  const nodes = (count: unknown, total: unknown, fallback: number) =>
    total === undefined ? Number(count ?? fallback) * perZone : Number(total);
  const fixed = nodes(values.node_count ?? values.initial_node_count, undefined, 1);
  const [least, most] =
    values.autoscaling === undefined
      ? [fixed, fixed]
      : [
          nodes(scaling.min_node_count, scaling.total_min_node_count, 0),
          nodes(scaling.max_node_count, scaling.total_max_node_count, 1),
        ];
  const one = hour * hoursOfMonth + disk;
  return Number.isFinite(least) && Number.isFinite(most) ? [least * one, most * one] : 'unpriced';
}

function diskMonth(type: string, sizeGb: number, region: string, prices: PriceTable): number | undefined {
  const month = prices.disksGbMonth[type]?.month[region];
  return month === undefined || !Number.isFinite(sizeGb) ? undefined : month * sizeGb;
}

function ofMachine(values: Tree, defaults: Tree, prices: PriceTable): Range | 'unpriced' {
  const region = regionOf(values, defaults);
  const hour = hourOf(textOf(values.machine_type), region, prices);
  const disk = first(first(values.boot_disk).initialize_params);
  const month = diskMonth(textOf(disk.type) || 'pd-standard', Number(disk.size ?? 10), region, prices);
  if (hour === undefined || month === undefined || isSpot(values) || values.guest_accelerator !== undefined) {
    return 'unpriced';
  }
  const sum = hour * hoursOfMonth + month;
  // A machine that is switched off still has its disk.
  return textOf(values.desired_status) === 'TERMINATED' ? [month, month] : [sum, sum];
}

function ofDisk(values: Tree, { type, defaults }: Resource, prices: PriceTable): Range | 'unpriced' {
  const kind = textOf(values.type).replace(/^.*\//, '') || 'pd-standard';
  const month = diskMonth(kind, Number(values.size ?? NaN), regionOf(values, defaults), prices);
  if (month === undefined) return 'unpriced';
  // The same bytes are kept in two zones.
  const sum = type === 'google_compute_region_disk' ? 2 * month : month;
  return [sum, sum];
}

function ofDatabase(values: Tree, defaults: Tree, prices: PriceTable): Range | 'unpriced' {
  const settings = first(values.settings);
  const region = regionOf(values, defaults);
  const [, vcpus, memoryMb] = /^db-custom-(\d+)-(\d+)$/.exec(textOf(settings.tier)) ?? [];
  const { vcpuHour, memoryGbHour, ssdGbMonth, publicAddressMonth } = prices.sql;
  const [vcpu, gb, disk] = [vcpuHour[region], memoryGbHour[region], ssdGbMonth[region]];
  const isPlain =
    (textOf(settings.edition) || 'ENTERPRISE') === 'ENTERPRISE' &&
    (textOf(settings.disk_type) || 'PD_SSD') === 'PD_SSD' &&
    !textOf(values.database_version).startsWith('SQLSERVER');
  if (!isPlain || vcpus === undefined || vcpu === undefined || gb === undefined || disk === undefined) {
    return 'unpriced';
  }
  // A standby costs as much as what it stands by for.
  const copies = textOf(settings.availability_type) === 'REGIONAL' ? 2 : 1;
  const runs = textOf(settings.activation_policy) === 'NEVER' ? 0 : 1;
  const machine = (Number(vcpus) * vcpu + (Number(memoryMb) / 1024) * gb) * hoursOfMonth * runs;
  const size = Number(settings.disk_size ?? 10);
  const limit = Number(settings.disk_autoresize_limit ?? 0);
  const address =
    textOf(first(settings.ip_configuration).ipv4_enabled ?? true) === 'true' ? publicAddressMonth : 0;
  const low = copies * (machine + size * disk);
  const high = copies * (machine + Math.max(size, limit) * disk) + address;
  return Number.isFinite(low) && Number.isFinite(high) ? [low, high] : 'unpriced';
}
