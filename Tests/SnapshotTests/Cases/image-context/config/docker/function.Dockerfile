FROM amazon/aws-lambda-python:3.12
ARG CODE_PATH
COPY ${CODE_PATH}/ ${LAMBDA_TASK_ROOT}/
CMD ["lambda.handler"]
