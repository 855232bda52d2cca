from airflow.models import DAG

dag = DAG("geography.postcodes")
