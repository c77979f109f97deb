using System.Buffers.Binary;

namespace Standstill.Protocol.Pacts.Sealing;

/// <summary>What is under a seal: a signed slip, or nothing at all. From outside one looks like the other.</summary>
/// <remarks>
/// Always the same length, so that it tells nothing:
/// <code>
///   0      1            layout, 01
///   1      2            L, length of the slip, big-endian; 0 in a decoy
///   3      L            slip
///   3+L    64           its Ed25519 signature; not in a decoy
///   …      to 6144      zeroes
/// </code>
/// </remarks>
public abstract record SealContent
{
    /// <summary>Length in bytes. A commitment of 4096 characters fits unless it is full of characters that take more than one byte.</summary>
    public const int Bytes = 6144;

    private const int SignatureBytes = 64;
    private const int SlipAt = 3;

    private SealContent()
    {
    }

    /// <summary>A party's word.</summary>
    public sealed record Word(SignedSlip Signed) : SealContent;

    /// <summary>Nothing: made so that the number of sealed commitments tells nobody how many are willing.</summary>
    public sealed record Decoy : SealContent;

    /// <summary>Reads it; a slip that its key has not signed is refused.</summary>
    public static Parsed<SealContent> Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length != Bytes || bytes.Span[0] != 1)
        {
            return Bad("not the content of a sealed commitment", $"make it {Bytes} bytes, the first of them 1");
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes.Span[1..]);
        int end = length == 0 ? SlipAt : SlipAt + length + SignatureBytes;
        if (end > Bytes || bytes.Span[end..].ContainsAnyExcept((byte)0))
        {
            return Bad("the slip does not fit, or is not followed by zeroes alone", "write its length, the slip, its signature, and fill with zeroes");
        }

        if (length == 0)
        {
            return Parsed<SealContent>.Good(new Decoy());
        }

        Parsed<Slip> slip = Slip.Parse(bytes.Slice(SlipAt, length));
        if (!slip.IsGood)
        {
            return Parsed<SealContent>.Bad(slip.Faults);
        }

        SignedSlip signed = new(slip.Value, bytes.Slice(SlipAt + length, SignatureBytes));
        return signed.IsSigned
            ? Parsed<SealContent>.Good(new Word(signed))
            : Parsed<SealContent>.Bad("slip.signature", "not the signature of the key that the slip names", "sign the slip with that key");

        static Parsed<SealContent> Bad(string message, string remedy) => Parsed<SealContent>.Bad("content", message, remedy);
    }

    /// <summary>Writes it, or says that the slip is too long.</summary>
    internal Parsed<byte[]> Write()
    {
        byte[] bytes = new byte[Bytes];
        bytes[0] = 1;
        if (this is not Word(var signed))
        {
            return Parsed<byte[]>.Good(bytes);
        }

        byte[] slip = signed.Slip.ToBytes();
        int most = Bytes - SlipAt - SignatureBytes;
        if (slip.Length > most)
        {
            return Parsed<byte[]>.Bad("slip", $"the slip has {slip.Length} bytes, more than {most}", "shorten the commitment");
        }

        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(1), (ushort)slip.Length);
        slip.CopyTo(bytes, SlipAt);
        signed.Signature.Span.CopyTo(bytes.AsSpan(SlipAt + slip.Length));
        return Parsed<byte[]>.Good(bytes);
    }
}
