using System.Buffers;

namespace Standstill.Measurement.Capability.Reading;

/// <summary>Rewrites the numbers that Python writes and JSON does not have (RFC 8259, section 6) to <c>null</c>.</summary>
/// <remarks>Outside of strings, <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> become <c>null</c>; all else passes as it is. Outside of
/// strings no other token of JSON has an N, or an I, or a minus before a letter. Text may come in pieces of any size.</remarks>
internal sealed class FiniteJson
{
    private static readonly SearchValues<byte> Outside = SearchValues.Create("\"NI-"u8);
    private static readonly SearchValues<byte> Inside = SearchValues.Create("\"\\"u8);

    private readonly byte[] held = new byte["-Infinity".Length];
    private int holds;
    private bool inString;
    private bool escaped;

    /// <summary>Rewrites a piece. What may be the start of a number is held back for the next one.</summary>
    public void Write(ReadOnlySpan<byte> piece, IBufferWriter<byte> to)
    {
        while (!piece.IsEmpty)
        {
            if (holds > 0)
            {
                Hold(ref piece, to);
            }
            else if (escaped)
            {
                escaped = false;
                to.Write(piece[..1]);
                piece = piece[1..];
            }
            else
            {
                var at = piece.IndexOfAny(inString ? Inside : Outside);
                var plain = at < 0 ? piece.Length : at;
                to.Write(piece[..plain]);
                piece = piece[plain..];
                if (!piece.IsEmpty && piece[0] is (byte)'"' or (byte)'\\')
                {
                    escaped = piece[0] == '\\';
                    inString ^= piece[0] == '"';
                    to.Write(piece[..1]);
                    piece = piece[1..];
                }
                else if (!piece.IsEmpty)
                {
                    held[holds++] = piece[0];
                    piece = piece[1..];
                }
            }
        }
    }

    /// <summary>Ends the text: what was held back passes as it is.</summary>
    public void End(IBufferWriter<byte> to)
    {
        to.Write(held.AsSpan(0, holds));
        holds = 0;
        inString = escaped = false;
    }

    private void Hold(ref ReadOnlySpan<byte> piece, IBufferWriter<byte> to)
    {
        ReadOnlySpan<byte> token = held[0] switch
        {
            (byte)'N' => "NaN"u8,
            (byte)'I' => "Infinity"u8,
            _ => "-Infinity"u8,
        };
        if (piece[0] != token[holds])
        {
            to.Write(held.AsSpan(0, holds));
            holds = 0;
            return;
        }

        held[holds++] = piece[0];
        piece = piece[1..];
        if (holds == token.Length)
        {
            to.Write("null"u8);
            holds = 0;
        }
    }
}

/// <summary>Reads JSON with its infinite numbers as <c>null</c>; see <see cref="FiniteJson"/>.</summary>
internal sealed class FiniteJsonStream(Stream inner) : ReadOnlyStream
{
    private readonly FiniteJson json = new();
    private readonly ArrayBufferWriter<byte> rewritten = new();
    private readonly byte[] piece = new byte[1 << 14];
    private int given;
    private bool ended;

    public override int Read(Span<byte> buffer)
    {
        while (given == rewritten.WrittenCount && !ended)
        {
            rewritten.ResetWrittenCount();
            given = 0;
            var read = inner.Read(piece);
            json.Write(piece.AsSpan(0, read), rewritten);
            if (read == 0)
            {
                ended = true;
                json.End(rewritten);
            }
        }

        var give = Math.Min(buffer.Length, rewritten.WrittenCount - given);
        rewritten.WrittenSpan.Slice(given, give).CopyTo(buffer);
        given += give;
        return give;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
