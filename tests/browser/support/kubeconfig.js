import { fileURLToPath } from 'node:url';

/** A kubeconfig of a cluster that nobody has. */
export const KUBECONFIG = `
contexts: [{name: nowhere, context: {cluster: nowhere, user: nowhere}}]
clusters: [{name: nowhere, cluster: {server: "https://127.0.0.1:1"}}]
users: [{name: nowhere, user: {token: made-up}}]
current-context: nowhere
`;

/** The file of a certificate that secrets can be sealed with for it. */
export const CERTIFICATE = fileURLToPath(new URL('../../kubernetes/sealing-certificate.pem', import.meta.url));
