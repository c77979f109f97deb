using System.Globalization;

namespace Standstill.Protocol.Pacts.Sealing;

/// <summary>What may be told about how many commitments are sealed, where a pact's terms allow that.</summary>
public static class SealedCount
{
    /// <summary>A power of four that is no smaller than the number, from 4. It is a bound from above only: decoys, repeats, and slips that
    /// were taken back cannot be told from others.</summary>
    /// <param name="entries">Sealed commitments on record that have not been opened.</param>
    public static long AtMost(long entries)
    {
        long bound = 4;
        while (bound < entries)
        {
            bound *= 4;
        }

        return bound;
    }

    /// <summary>The same as a sentence.</summary>
    public static string Text(long entries) => entries == 0
        ? "no sealed commitment is on record"
        : string.Create(CultureInfo.InvariantCulture, $"at most {AtMost(entries)} parties have committed under seal, and perhaps none");
}
