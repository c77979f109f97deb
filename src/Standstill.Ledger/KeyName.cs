using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Standstill.Ledger;

/// <summary>Names and ids of note keys (c2sp.org/signed-note, "Format" and "Signatures").</summary>
internal static class KeyName
{
    /// <summary>The signature type of plain Ed25519 over the note text.</summary>
    public const byte Ed25519 = 0x01;

    /// <summary>Whether the name is not empty and free of Unicode spaces, plus signs and control characters.</summary>
    public static bool IsValid(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (c is '+' or < ' ' || char.IsWhiteSpace(c))
            {
                return false;
            }
        }

        return !name.IsEmpty;
    }

    /// <summary>SHA-256(name ‖ 0x0A ‖ type ‖ public key), first four bytes, big-endian.</summary>
    public static uint IdOf(string name, ReadOnlySpan<byte> typedKey)
    {
        byte[] input = [.. StrictText.EncodeUtf8(name), (byte)'\n', .. typedKey];
        return BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(input));
    }

    /// <summary>Reads `name+hash+base64(type ‖ key)`; a key of 32 bytes and type 0x01.</summary>
    public static bool TryParseKey(string text, out string name, out uint id, out byte[] typedKey, out string error)
    {
        (name, id, typedKey, error) = ("", 0, [], "");

        // The name holds no plus sign, base64 may: so the first two end the name and the id.
        var parts = text.Split('+', 3);
        if (parts.Length != 3)
        {
            error = "has no three parts: write `name+id+key`";
        }
        else if (!IsValid(parts[0]))
        {
            error = $"has the name {StrictText.Quote(parts[0])}: a name is not empty and has no spaces, plus signs or control characters";
        }
        else if (parts[1].Length != 8 || !parts[1].All(char.IsAsciiHexDigitLower))
        {
            error = $"has the id {StrictText.Quote(parts[1])}: an id is 8 lower-case hexadecimal digits";
        }
        else if (!StrictText.TryDecodeBase64(parts[2], out var bytes) || bytes.Length < 1)
        {
            error = "does not end in canonical base64";
        }
        else if (bytes[0] != Ed25519)
        {
            error = $"is of signature type `0x{bytes[0]:x2}`: only Ed25519, `0x01`, is understood";
        }
        else if (bytes.Length != 33)
        {
            error = $"holds `{bytes.Length - 1}` bytes: an Ed25519 key is 32";
        }
        else
        {
            (name, id, typedKey) = (parts[0], Convert.ToUInt32(parts[1], 16), bytes);
            return true;
        }

        return false;
    }
}
