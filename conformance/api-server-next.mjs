// What api-server.mjs proves, by the API server that clusters of the channel REGULAR come to next: what it has stopped
// to serve or checks more strictly is found before Google upgrades. It is built once (some 5 minutes), so `.ci/run`
// leaves it out.
process.env.TAPLINE_KUBERNETES_VERSION ??= '1.35.4';
await import('./api-server.mjs');
