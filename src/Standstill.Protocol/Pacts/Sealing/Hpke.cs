using System.Security.Cryptography;
using NSec.Cryptography;

namespace Standstill.Protocol.Pacts.Sealing;

/// <summary>Encryption to a public key: HPKE, RFC 9180, base mode, one message for each encapsulation.</summary>
/// <remarks>
/// The suite is DHKEM(X25519, HKDF-SHA256) 0x0020, HKDF-SHA256 0x0001, ChaCha20Poly1305 0x0003. What is not used is not
/// there: other suites, psk and auth modes, export, a second message.
/// <code>
/// Encap (section 4.1)         enc = pk(E), dh = X25519(E, pkR)
///   eae_prk       = LabeledExtract("", "eae_prk", dh)                             suite "KEM" ‖ 0020
///   shared_secret = LabeledExpand(eae_prk, "shared_secret", enc ‖ pkR, 32)
/// KeySchedule (section 5.1)                                                       suite "HPKE" ‖ 0020 ‖ 0001 ‖ 0003
///   context       = 00 ‖ LabeledExtract("", "psk_id_hash", "") ‖ LabeledExtract("", "info_hash", info)
///   secret        = LabeledExtract(shared_secret, "secret", "")
///   key, nonce    = LabeledExpand(secret, "key", context, 32), LabeledExpand(secret, "base_nonce", context, 12)
/// </code>
/// </remarks>
internal static class Hpke
{
    private static readonly byte[] KemSuite = [.. "KEM"u8, 0x00, 0x20];
    private static readonly byte[] Suite = [.. "HPKE"u8, 0x00, 0x20, 0x00, 0x01, 0x00, 0x03];

    /// <summary>The private key that 32 bytes of input keying material determine (section 7.1.3, DeriveKeyPair).</summary>
    public static byte[] DerivePrivateKey(ReadOnlySpan<byte> material) =>
        LabeledExpand(LabeledExtract([], KemSuite, "dkp_prk"u8, material), KemSuite, "sk"u8, [], 32);

    /// <summary>The public key of a private one.</summary>
    public static byte[] PublicKeyOf(ReadOnlySpan<byte> privateKey)
    {
        using Key key = Import(privateKey);
        return key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
    }

    /// <summary>Encrypts; null when the recipient's key is a point of small order, under which nothing would be secret (section 7.1.4).</summary>
    /// <param name="recipient">The public key, 32 bytes.</param>
    /// <param name="material">32 bytes for the ephemeral key: uniform, secret, used once.</param>
    /// <param name="info">What both sides bind the message to.</param>
    /// <param name="associated">Data that is authenticated with it.</param>
    /// <param name="plaintext">The message.</param>
    public static (byte[] Encapsulated, byte[] Ciphertext)? Encrypt(
        ReadOnlySpan<byte> recipient, ReadOnlySpan<byte> material, ReadOnlySpan<byte> info, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> plaintext)
    {
        byte[] ephemeral = DerivePrivateKey(material);
        byte[] encapsulated = PublicKeyOf(ephemeral);
        if (Agree(ephemeral, recipient) is not { } dh)
        {
            return null;
        }

        (byte[] key, byte[] nonce) = KeySchedule(SharedSecret(dh, encapsulated, recipient), info);
        return (encapsulated, Aead.Encrypt(key, nonce, associated, plaintext));
    }

    /// <summary>Decrypts; null when the message is not one to this key, under this info and this associated data.</summary>
    public static byte[]? Decrypt(
        ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> encapsulated, ReadOnlySpan<byte> info, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> ciphertext)
    {
        if (Agree(privateKey, encapsulated) is not { } dh)
        {
            return null;
        }

        (byte[] key, byte[] nonce) = KeySchedule(SharedSecret(dh, encapsulated, PublicKeyOf(privateKey)), info);
        return Aead.Decrypt(key, nonce, associated, ciphertext);
    }

    /// <summary>X25519 (RFC 7748); null when the result is all zero.</summary>
    public static byte[]? Agree(ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> publicKey)
    {
        if (!NSec.Cryptography.PublicKey.TryImport(KeyAgreementAlgorithm.X25519, publicKey, KeyBlobFormat.RawPublicKey, out NSec.Cryptography.PublicKey? other))
        {
            return null;
        }

        using Key key = Import(privateKey);
        using SharedSecret? shared = KeyAgreementAlgorithm.X25519.Agree(
            key, other!, new SharedSecretCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport });
        return shared?.Export(SharedSecretBlobFormat.RawSharedSecret);
    }

    internal static byte[] SharedSecret(ReadOnlySpan<byte> dh, ReadOnlySpan<byte> encapsulated, ReadOnlySpan<byte> recipient) =>
        LabeledExpand(LabeledExtract([], KemSuite, "eae_prk"u8, dh), KemSuite, "shared_secret"u8, [.. encapsulated, .. recipient], 32);

    internal static (byte[] Key, byte[] Nonce) KeySchedule(ReadOnlySpan<byte> sharedSecret, ReadOnlySpan<byte> info)
    {
        byte[] context = [0, .. LabeledExtract([], Suite, "psk_id_hash"u8, []), .. LabeledExtract([], Suite, "info_hash"u8, info)];
        byte[] secret = LabeledExtract(sharedSecret, Suite, "secret"u8, []);
        return (LabeledExpand(secret, Suite, "key"u8, context, 32), LabeledExpand(secret, Suite, "base_nonce"u8, context, 12));
    }

    // LabeledExtract(salt, label, ikm) = HKDF-Extract(salt, "HPKE-v1" ‖ suite ‖ label ‖ ikm)
    private static byte[] LabeledExtract(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> suite, ReadOnlySpan<byte> label, ReadOnlySpan<byte> material) =>
        HKDF.Extract(System.Security.Cryptography.HashAlgorithmName.SHA256, [.. "HPKE-v1"u8, .. suite, .. label, .. material], salt.ToArray());

    // LabeledExpand(prk, label, info, L) = HKDF-Expand(prk, I2OSP(L, 2) ‖ "HPKE-v1" ‖ suite ‖ label ‖ info, L)
    private static byte[] LabeledExpand(byte[] key, ReadOnlySpan<byte> suite, ReadOnlySpan<byte> label, ReadOnlySpan<byte> info, byte length) =>
        HKDF.Expand(System.Security.Cryptography.HashAlgorithmName.SHA256, key, length, [0, length, .. "HPKE-v1"u8, .. suite, .. label, .. info]);

    private static Key Import(ReadOnlySpan<byte> privateKey) => Key.Import(
        KeyAgreementAlgorithm.X25519,
        privateKey,
        KeyBlobFormat.RawPrivateKey,
        new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport });
}
