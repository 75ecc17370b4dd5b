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
#include <openssl/x509.h>

// Swift imports neither variadic functions nor macros that call them.
static inline EVP_PKEY *finops_generate_p256(void) { return EVP_EC_gen("P-256"); }
static inline long finops_bio_bytes(BIO *bio, char **bytes) { return BIO_get_mem_data(bio, bytes); }
