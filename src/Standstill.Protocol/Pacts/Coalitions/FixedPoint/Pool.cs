namespace Standstill.Protocol.Pacts.Coalitions.FixedPoint;

/// <summary>Records in one array, by number; the numbers of records that are given back are taken again.</summary>
/// <remarks>A reference into <see cref="Items"/> is void once another record has been taken.</remarks>
internal sealed class Pool<T>
    where T : struct
{
    private int[] free = new int[16];
    private int freed;

    /// <summary>The records; those beyond <see cref="Used"/> and those given back mean nothing.</summary>
    public T[] Items { get; private set; } = new T[16];

    /// <summary>How many numbers have ever been taken.</summary>
    public int Used { get; private set; }

    public ref T this[int number] => ref Items[number];

    /// <summary>Takes a number for a record.</summary>
    public int Take(T record)
    {
        int number = freed > 0 ? free[--freed] : Used++;
        if (number == Items.Length)
        {
            T[] wider = new T[2 * number];
            Items.CopyTo(wider, 0);
            Items = wider;
        }

        Items[number] = record;
        return number;
    }

    /// <summary>Gives a number back.</summary>
    public void Give(int number)
    {
        if (freed == free.Length)
        {
            Array.Resize(ref free, 2 * freed);
        }

        free[freed++] = number;
    }
}
