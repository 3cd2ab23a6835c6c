export { Counter, Gauge, Pushgateway, Registry } from 'prom-client';
