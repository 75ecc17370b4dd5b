#pragma once
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rand.h>
#include <openssl/ts.h>
#include <openssl/x509.h>

// Swift imports neither variadic functions nor macros that call them.
static inline EVP_PKEY *finops_generate_p256(void) { return EVP_EC_gen("P-256"); }
static inline long finops_bio_bytes(BIO *bio, char **bytes) { return BIO_get_mem_data(bio, bytes); }

// The subject of whoever signed a time stamp, as RFC 2253 writes it and without control characters; 0 when nobody did.
static inline int finops_stamp_signer(PKCS7 *token, BIO *out) {
    STACK_OF(X509) *signers = PKCS7_get0_signers(token, NULL, 0);
    int written = 0;
    if (signers != NULL && sk_X509_num(signers) == 1)
        written = X509_NAME_print_ex(out, X509_get_subject_name(sk_X509_value(signers, 0)), 0, XN_FLAG_RFC2253) > 0;
    sk_X509_free(signers);
    return written;
}
