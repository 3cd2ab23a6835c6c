/**
 * Types that decide over access in a way that is not worked out here: that they changed is told, with a verdict of
 * `unknown`.
 */
const google =
  /^google_(access_context_manager_|compute_(region_)?(network_)?firewall_policy|compute_(region_)?security_policy|compute_network_edge_security|iam_(deny_policy|access_boundary|principal_access_boundary|policy_binding|.*binding)|iam_workload_identity_pool_provider|iam_(oauth|workforce)|org_policy|(project|folder|organization)_organization_policy|org_policy|compute_(vpn|router_interface|ha_vpn|external_vpn|interconnect|packet_mirroring)|apigee_|identity_platform_|iap_(brand|client|tunnel_dest)|network_security_|certificate_manager_trust|binary_authorization_|privileged_access_manager_|dns_policy|dns_response_policy|network_connectivity_|sql_ssl_cert|container_attached|gke_hub_(scope|membership)_rbac|gke_hub_membership_binding|vpc_access_connector|bigquery_(row_access_policy|data_policy|datapolicy)|data_catalog_policy_tag|dataplex_.*aspect|project_iam_member_remove|compute_project_default_network_tier)/;

/** Types of other providers, by what their names say. */
const foreign =
  /(^|_)(iam|role|roles|grant|grants|binding|bindings|policy|acl|permission|permissions|access|firewall|security_group|network_policy|user|users|membership|member|share)(_|$)/;

/** Types that only take note of things, whatever they are called. */
const harmless =
  /^google_(.*_iam_audit_config|compute_resource_policy.*|monitoring_.*|storage_bucket_iam_.*|dns_record_set|artifact_registry_.*|kms_.*)$|^(random|null|time|local|tls)_/;

/** Whether a change of a type may change who may do what, although nobody here can say how. */
export function isUnread(type: string): boolean {
  if (type.startsWith('data.') || harmless.test(type)) return false;
  return type.startsWith('google_') ? google.test(type) : foreign.test(type);
}

/** Kinds of Kubernetes, of whatever group, that decide over access in a way that is not worked out here. */
const kinds =
  /^((Authorization|Authentication|Request|PeerAuthentication|Security|Cilium.*Network|AdminNetwork|BaselineAdminNetwork|GlobalNetwork|GCPBackend|GCPGateway|Client(Settings|Traffic)|Backend|BackendTLS|SecurityPolicy|FQDNNetwork|MultiNetwork|IAM|IAMPartial|ClusterNetwork|Egress(NAT)?|Pod(Security)?|ValidatingAdmission|MutatingAdmission)Policy(Binding|Member)?|CiliumClusterwideNetworkPolicy|PeerAuthentication|RequestAuthentication|BackendConfig|ReferenceGrant|IAMPolicyMember|IAMPolicy|IAMPartialPolicy|(Validating|Mutating)WebhookConfiguration|APIService|CertificateSigningRequest|SecurityContextConstraints|Middleware|VirtualService|ServiceEntry|Sidecar|ServiceAttachment|IngressClass|GatewayClass|RoleRequest|ComputeFirewall|ClusterPolicy|Policy|PolicyException|ConstraintTemplate)$/;

export function isUnreadKind(kind: string): boolean {
  return kinds.test(kind);
}
