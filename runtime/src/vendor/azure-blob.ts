export { BlobServiceClient, RestError } from '@azure/storage-blob';
