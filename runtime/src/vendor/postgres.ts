export { Client, DatabaseError } from 'pg';
