namespace Standstill.Testing;

/// <summary>Random numbers that are the same on every machine and in every version: SplitMix64 (Steele, Lea and Flood 2014).</summary>
public sealed class Draw(ulong seed)
{
    private ulong state = unchecked(seed * 0xD1342543DE82EF95UL);

    public int Next(int below)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15UL;
            ulong z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return (int)((z ^ (z >> 31)) % (ulong)below);
        }
    }

    public int Between(int least, int most) => least + Next(most - least + 1);
}
