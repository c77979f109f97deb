namespace Standstill.Measurement.Accounting;

/// <summary>Dense linear algebra in a fixed order of operations, so that every machine finds the same bits.</summary>
internal static class LinearSystem
{
    /// <summary>Solves A x = b by elimination with partial pivoting; A (by rows) is destroyed, b becomes x.</summary>
    public static void Solve(double[] matrix, double[] right)
    {
        var size = right.Length;
        for (var column = 0; column < size; column++)
        {
            var pivot = column;
            for (var row = column + 1; row < size; row++)
            {
                if (Math.Abs(matrix[(row * size) + column]) > Math.Abs(matrix[(pivot * size) + column]))
                {
                    pivot = row;
                }
            }

            if (pivot != column)
            {
                for (var j = column; j < size; j++)
                {
                    (matrix[(column * size) + j], matrix[(pivot * size) + j]) = (matrix[(pivot * size) + j], matrix[(column * size) + j]);
                }

                (right[column], right[pivot]) = (right[pivot], right[column]);
            }

            var top = matrix.AsSpan(column * size, size);
            for (var row = column + 1; row < size; row++)
            {
                var under = matrix.AsSpan(row * size, size);
                var factor = under[column] / top[column];
                if (factor == 0)
                {
                    continue;
                }

                for (var j = column + 1; j < size; j++)
                {
                    under[j] -= factor * top[j];
                }

                right[row] -= factor * right[column];
            }
        }

        for (var row = size - 1; row >= 0; row--)
        {
            var sum = right[row];
            for (var j = row + 1; j < size; j++)
            {
                sum -= matrix[(row * size) + j] * right[j];
            }

            right[row] = sum / matrix[(row * size) + row];
        }
    }

    /// <summary>The lower triangle L of Σ = L Lᵀ (by rows), or null where Σ is not positive definite.</summary>
    public static double[]? Cholesky(ReadOnlySpan<double> covariance, int size)
    {
        var lower = new double[size * size];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                var sum = covariance[(row * size) + column];
                for (var i = 0; i < column; i++)
                {
                    sum -= lower[(row * size) + i] * lower[(column * size) + i];
                }

                if (row != column)
                {
                    lower[(row * size) + column] = sum / lower[(column * size) + column];
                }
                else if (sum > 0)
                {
                    lower[(row * size) + row] = Math.Sqrt(sum);
                }
                else
                {
                    return null;
                }
            }
        }

        return lower;
    }

    /// <summary>L⁻¹ x by substitution, in place: the first entries depend on the first entries only.</summary>
    public static void Substitute(double[] lower, double[] values)
    {
        var size = values.Length;
        for (var row = 0; row < size; row++)
        {
            var sum = values[row];
            for (var i = 0; i < row; i++)
            {
                sum -= lower[(row * size) + i] * values[i];
            }

            values[row] = sum / lower[(row * size) + row];
        }
    }
}
