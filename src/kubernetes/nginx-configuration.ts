/** Ports of NGINX: high ones, which need no capability of the kernel. */
export const nginxPorts = { http: 8080, https: 8443, health: 8081 } as const;

/** Folder of the configuration and of the script that starts NGINX. */
export const nginxFolder = '/etc/tapline-nginx';

export interface NginxConfigurationProps {
  /** Host → address that it is passed on to, for example `http://web.production.svc.cluster.local:8080`. */
  readonly hosts: Readonly<Record<string, string>>;
  /** Certificate, with those of whoever signed it after it. */
  readonly certificateFile: string;
  readonly keyFile: string;
  /** How long an answer may take, in seconds. */
  readonly timeoutSeconds: number;
}

/**
 * `nginx.conf`: hosts by HTTPS, a redirect to it for whoever comes by HTTP, and nothing for any other name.
 *
 * What NGINX says of the client replaces what the client says of itself: nobody else is before it.
 * @see https://nginx.org/en/docs/
 */
export function renderNginxConfiguration(props: NginxConfigurationProps): string {
  const hosts = Object.keys(props.hosts);
  return `daemon off;
pid /tmp/nginx.pid;
error_log stderr warn;
worker_processes 2;
events { worker_connections 1024; }
http {
  server_tokens off;
  access_log /dev/stdout combined;
  client_body_temp_path /tmp/client_body;
  proxy_temp_path /tmp/proxy;
  fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi;
  scgi_temp_path /tmp/scgi;
  client_max_body_size 16m;
  server_names_hash_bucket_size 512;

  # The kubelet asks here whether it is well.
  server {
    listen ${nginxPorts.health};
    access_log off;
    location = /healthz { return 200; }
    location / { return 404; }
  }

  # Names that are not ours get nothing.
  server {
    listen ${nginxPorts.http} default_server;
    return 444;
  }
  server {
    listen ${nginxPorts.https} ssl default_server;
    ssl_reject_handshake on;
  }

  server {
    listen ${nginxPorts.http};
    server_name ${hosts.join(' ')};
    return 308 https://$host$request_uri;
  }
${Object.entries(props.hosts)
  .map(([host, target]) => renderHost(host, target, props))
  .join('')}}
`;
}

function renderHost(host: string, target: string, props: NginxConfigurationProps): string {
  return `
  server {
    listen ${nginxPorts.https} ssl;
    server_name ${host};
    ssl_certificate ${props.certificateFile};
    ssl_certificate_key ${props.keyFile};
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;
    ssl_session_cache shared:tls:1m;
    ssl_session_tickets off;
    add_header Strict-Transport-Security "max-age=31536000" always;
    location / {
      proxy_pass ${target};
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Host $host;
      proxy_set_header X-Forwarded-Port 443;
      proxy_set_header X-Forwarded-Proto https;
      proxy_read_timeout ${props.timeoutSeconds}s;
      proxy_send_timeout ${props.timeoutSeconds}s;
    }
  }
`;
}

/**
 * Starts NGINX, and has it read the certificate again when the file has another content: whoever renews it changes
 * only the file. A certificate that cannot be read changes nothing; NGINX goes on with the one that it has.
 */
export function renderNginxStart(certificateFile: string): string {
  return `nginx -e stderr -c ${nginxFolder}/nginx.conf &
server=$!
trap 'kill -QUIT "$server"' TERM INT
known=$(cksum < ${certificateFile})
while kill -0 "$server" 2>/dev/null; do
  sleep "\${TAPLINE_RENEWAL_SECONDS:-30}" &
  wait "$!"
  found=$(cksum < ${certificateFile}) || continue
  if [ "$found" != "$known" ]; then
    kill -HUP "$server"
    known=$found
  fi
done
wait "$server"
`;
}
