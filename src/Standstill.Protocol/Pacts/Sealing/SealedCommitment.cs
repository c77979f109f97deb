using System.Collections.Immutable;

namespace Standstill.Protocol.Pacts.Sealing;

/// <summary>The share of one trustee, as it stands on the ledger.</summary>
/// <param name="Trustee">Whose, with the key that it is encrypted to.</param>
/// <param name="Encapsulated">HPKE's encapsulated key, 32 bytes.</param>
/// <param name="Ciphertext">The encrypted share, 32 bytes and a tag of 16.</param>
/// <param name="Digest">The digest of the share, by which a share that was altered since is known.</param>
public sealed record SealedShare(Trustee Trustee, ReadOnlyMemory<byte> Encapsulated, ReadOnlyMemory<byte> Ciphertext, Digest Digest);

/// <summary>A party's commitment under seal. It names the pact and the trustees, and neither the party nor what it says.</summary>
/// <remarks>
/// <code>
/// context       = see Trustees.Context: registry, pact, threshold, trustees and their keys
/// content       = ChaCha20-Poly1305(content key, nonce = 12 zeroes, aad = context, 6144 bytes)
/// share digest  = SHA-256("standstill seal share v1" LF key digest ‖ point ‖ share)
/// sealed share  = HPKE base mode(trustee's key, info = "standstill seal share v1" LF context, aad = key digest ‖ point, share)
/// </code>
/// The nonce is constant since a content key encrypts once. A relay that puts it under another pact, registry, threshold
/// or set of trustees has something that opens no more.
/// </remarks>
public sealed class SealedCommitment
{
    /// <summary>Length of the encrypted content in bytes.</summary>
    public const int ContentBytes = SealContent.Bytes + Aead.TagBytes;

    internal const int EncapsulatedBytes = 32;
    internal const int ShareBytes = SealKey.Bytes + Aead.TagBytes;

    private static readonly byte[] Nonce = new byte[12];

    internal SealedCommitment(PactId pact, Trustees trustees, Digest keyDigest, ReadOnlyMemory<byte> content, ImmutableArray<SealedShare> shares)
    {
        Pact = pact;
        Trustees = trustees;
        KeyDigest = keyDigest;
        Content = content;
        Shares = shares;
    }

    /// <summary>The pact that it commits to.</summary>
    public PactId Pact { get; }

    /// <summary>Who can open it. Whether they are the pact's trustees, with keys of theirs, is asked of the world.</summary>
    public Trustees Trustees { get; }

    /// <summary>The digest of the key that opens it.</summary>
    public Digest KeyDigest { get; }

    /// <summary>The encrypted content, <see cref="ContentBytes"/> bytes.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>A share for each trustee, in the order of <see cref="Trustees"/>.</summary>
    public ImmutableArray<SealedShare> Shares { get; }

    /// <summary>How much randomness <see cref="Seal"/> takes, in bytes.</summary>
    public static int RandomBytes(Trustees trustees) => SealKey.Bytes * (trustees.Threshold + trustees.All.Length);

    /// <summary>Seals a slip or a decoy.</summary>
    /// <param name="registry">The charter's id.</param>
    /// <param name="pact">The pact.</param>
    /// <param name="trustees">Who can open it.</param>
    /// <param name="content">What is sealed.</param>
    /// <param name="randomness">Uniform, secret, used once: the key, the coefficients of the sharing, and 32 bytes for each
    /// trustee's encapsulation, <see cref="RandomBytes"/> in all.</param>
    /// <returns>The commitment with its key, or that the slip is too long.</returns>
    /// <exception cref="ArgumentException">The slip is not to this pact of this registry, or there is not that much randomness.</exception>
    public static Parsed<FreshSeal> Seal(Digest registry, PactId pact, Trustees trustees, SealContent content, ReadOnlySpan<byte> randomness)
    {
        if (randomness.Length != RandomBytes(trustees))
        {
            throw new ArgumentException($"sealing takes {RandomBytes(trustees)} random bytes", nameof(randomness));
        }

        if (content is SealContent.Word(var signed) && (signed.Slip.Registry != registry || signed.Slip.Pact != pact))
        {
            throw new ArgumentException("the slip is to another pact", nameof(content));
        }

        Parsed<byte[]> plain = content.Write();
        if (!plain.IsGood)
        {
            return Parsed<FreshSeal>.Bad(plain.Faults);
        }

        SealKey key = SealKey.FromBytes(randomness[..SealKey.Bytes]);
        int sharing = SealKey.Bytes * trustees.Threshold;
        ImmutableArray<Share> shares = SecretSharing.Split(key.Secret, trustees.Threshold, trustees.All.Length, randomness[SealKey.Bytes..sharing]);
        byte[] ciphertext = Aead.Encrypt(key.ContentKey, Nonce, trustees.Context(registry, pact), plain.Value);
        SealedCommitment bare = new(pact, trustees, key.Digest, ciphertext, []);
        ImmutableArray<SealedShare>.Builder encrypted = ImmutableArray.CreateBuilder<SealedShare>(shares.Length);
        foreach (Share share in shares)
        {
            encrypted.Add(bare.SealFor(registry, share, randomness.Slice(sharing + (SealKey.Bytes * (share.Point - 1)), SealKey.Bytes)));
        }

        return Parsed<FreshSeal>.Good(new FreshSeal(new SealedCommitment(pact, trustees, key.Digest, ciphertext, encrypted.MoveToImmutable()), key));
    }

    internal SealedShare SealFor(Digest registry, Share share, ReadOnlySpan<byte> material)
    {
        Trustee trustee = Trustees.All[share.Point - 1];
        (byte[] encapsulated, byte[] box) = Hpke.Encrypt(
            trustee.Key.ToBytes(), material, ShareInfo(Trustees.Context(registry, Pact)), ShareData(KeyDigest, share.Point), share.Value.Span)
            ?? throw new InvalidOperationException("a trustee's key is a point of small order");
        return new SealedShare(trustee, encapsulated, box, DigestOf(KeyDigest, share));
    }

    /// <summary>Opens it, which anybody can do who has the key.</summary>
    /// <returns>What is in it, or whether the key is wrong, the ciphertext altered, or the content not what may be sealed.</returns>
    public Parsed<SealContent> Open(Digest registry, SealKey key)
    {
        if (key.Digest != KeyDigest)
        {
            return Parsed<SealContent>.Bad("key", "not the key of this sealed commitment: its digest is another", "recover it again from the shares of as many trustees as it takes");
        }

        if (Aead.Decrypt(key.ContentKey, Nonce, Trustees.Context(registry, Pact), Content.Span) is not { } plain)
        {
            return Parsed<SealContent>.Bad("content", "the key is right and does not open the content: it was sealed for another pact, registry or set of trustees, or was altered", "ask the party to seal anew");
        }

        Parsed<SealContent> content = SealContent.Parse(plain);
        return content.Value is SealContent.Word(var signed) && (signed.Slip.Registry != registry || signed.Slip.Pact != Pact)
            ? Parsed<SealContent>.Bad("slip", $"the slip is to `{signed.Slip.Pact}` of another registry or to another pact", "seal a slip to this pact")
            : content;
    }

    /// <summary>A trustee takes its share out.</summary>
    /// <returns>The share, or why there is none: it is not a trustee's key, or what was sealed for it is not a share.</returns>
    public Parsed<Share> ShareOf(Digest registry, TrusteeSecret secret)
    {
        int point = 1 + Array.FindIndex([.. Shares], s => s.Trustee.Key == secret.PublicKey);
        if (point == 0)
        {
            return Parsed<Share>.Bad("key", $"`{secret.PublicKey}` is not a key that this commitment was sealed for", "use the key that the trustee had on record when it was sealed");
        }

        SealedShare sealedShare = Shares[point - 1];
        byte[]? value = secret.Decrypt(
            sealedShare.Encapsulated.Span, ShareInfo(Trustees.Context(registry, Pact)), ShareData(KeyDigest, point), sealedShare.Ciphertext.Span);
        return value is { Length: SealKey.Bytes } && new Share(point, value) is var share && IsTrue(share)
            ? Parsed<Share>.Good(share)
            : Parsed<Share>.Bad("share", $"what was sealed for {sealedShare.Trustee.Party} is not the share that the commitment states", "say so to the other trustees: whoever sealed it, or relayed it, made it so");
    }

    /// <summary>Whether a share is the one whose digest stands in the commitment.</summary>
    public bool IsTrue(Share share) =>
        share.Point >= 1 && share.Point <= Shares.Length && DigestOf(KeyDigest, share) == Shares[share.Point - 1].Digest;

    private static Digest DigestOf(Digest key, Share share) => Digest.Of([.. "standstill seal share v1\n"u8, .. ShareData(key, share.Point), .. share.Value.Span]);

    private static byte[] ShareInfo(ReadOnlySpan<byte> context) => [.. "standstill seal share v1\n"u8, .. context];

    private static byte[] ShareData(Digest key, int point) => [.. key.ToBytes(), (byte)point];
}

/// <summary>A commitment just sealed, with the key that opens it. The party may keep the key, or forget it.</summary>
public sealed record FreshSeal(SealedCommitment Sealed, SealKey Key);
